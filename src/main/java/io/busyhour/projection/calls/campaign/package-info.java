/** The rows of campaigns. */
package io.busyhour.projection.calls.campaign;
