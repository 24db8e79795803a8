package io.grayrelease.demo;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Function;

import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

import io.grayrelease.demo.api.Hop;
import io.grayrelease.dubbo.context.GrayApplication;
import io.grayrelease.gateway.Entry;
import io.grayrelease.gateway.EntrySettings;
import io.grayrelease.gateway.servlet.GrayServletFilter;

import jakarta.servlet.DispatcherType;

/** The HTTP front of the consumer: a Tomcat with the gray entry, a page at / and orders at /order. */
final class FrontPage {
    private FrontPage() {}

    /**
     * Starts it, on this machine's own address only.
     *
     * @param port 0: a free one
     * @param role internal: an Nginx in front decides
     * @param policyFile what the page calls the file of the policy
     * @param order places an order and tells who took part
     * @return the port
     * @throws LifecycleException if it cannot listen on the port, too
     */
    static int start(
            int port,
            EntrySettings.Role role,
            Path folder,
            String policyFile,
            GrayApplication gray,
            Function<String, List<Hop>> order)
            throws LifecycleException {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(folder.toString());
        tomcat.setHostname("127.0.0.1");
        tomcat.setPort(port);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.getConnector().setThrowOnFailure(true); // by default it logs, and goes on without a port
        Context context = tomcat.addContext("", null);
        addEntry(context, role, gray);
        Tomcat.addServlet(context, "page", new PageServlet(policyFile));
        context.addServletMappingDecoded("/", "page");
        Tomcat.addServlet(context, "order", new OrderServlet(gray, role == EntrySettings.Role.INTERNAL, order));
        context.addServletMappingDecoded("/order", "order");
        tomcat.start();
        return tomcat.getConnector().getLocalPort();
    }

    private static void addEntry(Context context, EntrySettings.Role role, GrayApplication gray) {
        EntrySettings settings = EntrySettings.builder()
                .setRole(role)
                .setUidSources(EntrySettings.sources(List.of("header:x-uid", "cookie:uid", "param:uid")))
                .build();
        FilterDef filter = new FilterDef();
        filter.setFilterName("gray");
        filter.setFilter(new GrayServletFilter(Entry.of(settings, gray::policy, gray::decided)));
        filter.setAsyncSupported("true");
        context.addFilterDef(filter);
        FilterMap mapping = new FilterMap();
        mapping.setFilterName("gray");
        mapping.addURLPattern("/*");
        EnumSet.allOf(DispatcherType.class).forEach(type -> mapping.setDispatcher(type.name()));
        context.addFilterMap(mapping);
    }
}
