/** The figures about calls and campaigns, whoever speaks of them. */
package io.busyhour.projection.meters.calls;
