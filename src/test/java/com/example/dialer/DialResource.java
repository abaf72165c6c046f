package com.example.dialer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** The application's own door. */
@Path("/dial")
@ApplicationScoped
public class DialResource {
  /** Says that it is there. */
  @GET
  public String get() {
    return "ready to dial";
  }

  /** Fails. */
  @GET
  @Path("/broken")
  public String fail() {
    throw new IllegalStateException("the application's own affair");
  }
}
