/** The settings: what there is, where they come from, and every fault in them at once. */
package io.busyhour.boot.settings;
