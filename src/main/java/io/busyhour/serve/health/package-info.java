/** How the calls of the last hour go, and whether the figures of them can be trusted. */
package io.busyhour.serve.health;
