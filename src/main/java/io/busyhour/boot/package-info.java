/** The process: its entry, its configuration, and starting and stopping in order. */
package io.busyhour.boot;
