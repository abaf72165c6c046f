package io.busyhour.http;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;

/** Says which resource a request came to, before anything can refuse it. */
@Priority(Priorities.AUTHENTICATION - 1)
final class RouteFilter implements ContainerRequestFilter {
  private final String route;

  RouteFilter(ResourceInfo resource) {
    Path onMethod = resource.getResourceMethod().getAnnotation(Path.class);
    Path onClass = resource.getResourceClass().getAnnotation(Path.class);
    route = part(onClass) + part(onMethod);
  }

  private static String part(Path path) {
    return path == null ? "" : "/" + path.value().replaceAll("^/|/$", "");
  }

  @Override
  public void filter(ContainerRequestContext request) {
    Handled.by(route);
  }
}
