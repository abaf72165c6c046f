/** What outside webhook workers and their deliveries add to figures. */
package io.busyhour.projection.meters.webhook;
