package io.busyhour.projection.calls.facts;

import org.eclipse.persistence.descriptors.ClassDescriptor;
import org.eclipse.persistence.descriptors.DescriptorCustomizer;

/**
 * Lets EclipseLink keep the update statements that it makes. It makes one for each set of columns
 * that change together, keeps ten, and a call or a message has more.
 */
public final class UpdateStatements implements DescriptorCustomizer {
  private static final int KEPT = 1000;

  @Override
  public void customize(ClassDescriptor descriptor) {
    descriptor.getQueryManager().setUpdateCallCacheSize(KEPT);
  }
}
