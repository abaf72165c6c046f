/** The views that show sums: the dashboard, hours and days. They read the rollups alone. */
package io.busyhour.serve.figures;
