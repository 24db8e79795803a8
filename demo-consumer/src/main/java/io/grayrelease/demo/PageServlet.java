package io.grayrelease.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

import org.apache.tomcat.util.security.Escape;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** The page, and nothing beside it. */
final class PageServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final String policyFile;

    PageServlet(String policyFile) {
        this.policyFile = policyFile;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.getServletPath().equals("/")) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        response.setContentType("text/html;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        try (InputStream page = Objects.requireNonNull(PageServlet.class.getResourceAsStream("/front/page.html"))) {
            String text = new String(page.readAllBytes(), StandardCharsets.UTF_8);
            response.getWriter().write(text.replace("POLICY_FILE", Escape.htmlElementContent(policyFile)));
        }
    }
}
