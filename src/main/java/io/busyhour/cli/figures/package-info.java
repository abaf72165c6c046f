/** Commands that show sums: the dashboard, hours, days, health, and calls without an end. */
package io.busyhour.cli.figures;
