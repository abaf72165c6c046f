/** How log lines are written, for people or for machines. */
package io.busyhour.boot.log;
