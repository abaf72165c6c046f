package io.busyhour.instrument.label;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Binds a method to the interceptor that counts it. */
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@interface Labelled {
  /** The annotation as a value. */
  final class Literal extends AnnotationLiteral<Labelled> implements Labelled {
    static final Literal INSTANCE = new Literal();
    private static final long serialVersionUID = 1L;

    private Literal() {}
  }
}
