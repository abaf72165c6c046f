package io.busyhour.deliver.work;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The endpoints of a partner, and how many attempts are under way to them together. */
final class Partner {
  private final int most;
  private final List<Endpoint> endpoints = new ArrayList<>();
  private int running;

  /**
   * @param most how many attempts there may be at a time
   */
  Partner(int most) {
    this.most = most;
  }

  void add(Endpoint endpoint) {
    endpoints.add(endpoint);
  }

  void remove(Endpoint endpoint) {
    endpoints.remove(endpoint);
  }

  boolean isEmpty() {
    return endpoints.isEmpty();
  }

  boolean isFree() {
    return running < most;
  }

  void begin() {
    running++;
  }

  void end() {
    running--;
  }

  /** All of them, those after one first: each has its turn. */
  List<Endpoint> endpointsFrom(Endpoint one) {
    if (endpoints.size() <= 1) {
      return endpoints;
    }
    List<Endpoint> rotated = new ArrayList<>(endpoints);
    Collections.rotate(rotated, -1 - endpoints.indexOf(one));
    return rotated;
  }
}
