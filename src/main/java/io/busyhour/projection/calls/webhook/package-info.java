/** The rows of outside webhook workers: their deliveries, and the workers themselves. */
package io.busyhour.projection.calls.webhook;
