/**
 * What is checked of {@code rules}: their form, that they ask for what there is, their unit tests
 * with Prometheus' own tools, and that those tests notice any change of a threshold.
 */
package io.busyhour.rules;
