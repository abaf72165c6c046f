package io.busyhour.projection.meters;

import jakarta.enterprise.inject.Stereotype;
import jakarta.inject.Singleton;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A bean that counts: one for an application, and injected as it is, as the proxy of another scope
 * would cost a call more than the counting does. Unlike {@code @Singleton} alone, it is found.
 */
@Stereotype
@Singleton
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface Collector {}
