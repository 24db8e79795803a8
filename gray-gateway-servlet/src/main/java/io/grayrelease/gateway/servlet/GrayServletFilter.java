package io.grayrelease.gateway.servlet;

import java.io.IOException;
import java.security.Principal;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.grayrelease.dubbo.context.GrayContext;
import io.grayrelease.gateway.Entered;
import io.grayrelease.gateway.Entry;
import io.grayrelease.gateway.TraceBaggage;
import io.grayrelease.policy.decide.RequestView;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Gives a request its tags; the Dubbo calls made while it is handled carry them. Register it for all kinds of dispatch and
 * asynchronous requests: a request that comes back, from an asynchronous start or for its error page, keeps the tags that it has.
 */
public final class GrayServletFilter implements Filter {
    /** The request attribute with the {@link GrayContext}, for tasks that the application starts itself; {@value}. */
    public static final String ATTRIBUTE = "gray.context";

    private static final Logger LOG = LoggerFactory.getLogger(GrayServletFilter.class);

    private final Entry entry;
    private final Function<HttpServletRequest, @Nullable String> uid;
    private volatile boolean warned;

    /** A filter that takes for uid who is logged in, else what the settings of the entry say. */
    public GrayServletFilter(Entry entry) {
        this(entry, GrayServletFilter::principal);
    }

    /**
     * A filter that asks the application for the uid.
     *
     * @param uid the uid of a request, or null where the application does not know
     */
    public GrayServletFilter(Entry entry, Function<HttpServletRequest, @Nullable String> uid) {
        this.entry = entry;
        this.uid = uid;
    }

    private static @Nullable String principal(HttpServletRequest request) {
        Principal principal = request.getUserPrincipal();
        return principal == null ? null : principal.getName();
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!(request instanceof HttpServletRequest)) {
            chain.doFilter(request, response);
            return;
        }
        HttpServletRequest http = (HttpServletRequest) request;
        Object known = http.getAttribute(ATTRIBUTE);
        GrayContext context = known instanceof GrayContext ? (GrayContext) known : entered(http, response);
        try (GrayContext.Scope kept = GrayContext.open(context);
                TraceBaggage.Scope traced = TraceBaggage.open(context.isDecided() ? context.tags() : null)) {
            chain.doFilter(entry.isEdge() ? new CleanRequest(http) : http, response);
        }
    }

    private GrayContext entered(HttpServletRequest request, ServletResponse response) {
        GrayContext context = context(request).asRequest();
        request.setAttribute(ATTRIBUTE, context);
        String header = entry.responseHeader();
        if (header != null && context.isDecided() && response instanceof HttpServletResponse) {
            ((HttpServletResponse) response).setHeader(header, context.tags().text());
        }
        return context;
    }

    /** A fault of ours never fails a request. */
    private GrayContext context(HttpServletRequest request) {
        try {
            Entered entered = entry.enter(new ServletHead(request), uid.apply(request));
            RequestView values = entered.values();
            return values == null
                    ? GrayContext.decided(entered.tags(), entered.uid())
                    : GrayContext.undecided(entered.uid(), values);
        } catch (RuntimeException e) {
            if (!warned) {
                warned = true;
                LOG.warn("gray: an HTTP request is not decided; said once", e);
            }
            return GrayContext.NONE;
        }
    }
}
