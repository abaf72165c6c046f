package io.busyhour.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;

/**
 * Names every resource for the log, and puts the access filter in front of every resource method
 * that {@link Needs} a role.
 */
@Provider
@ApplicationScoped
public class Guard implements DynamicFeature {
  private final Tokens tokens;

  /** For the container's proxy only. */
  protected Guard() {
    this(Tokens.none());
  }

  /** Guards with these tokens; with none, everything is open. */
  @Inject
  public Guard(Tokens tokens) {
    this.tokens = tokens;
  }

  @Override
  public void configure(ResourceInfo resource, FeatureContext context) {
    context.register(new RouteFilter(resource));
    Needs needs = resource.getResourceMethod().getAnnotation(Needs.class);
    if (needs == null) {
      needs = resource.getResourceClass().getAnnotation(Needs.class);
    }
    if (needs != null) {
      context.register(new AccessFilter(tokens, needs.value()));
    }
  }
}
