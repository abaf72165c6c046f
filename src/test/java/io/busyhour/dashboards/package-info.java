/**
 * Makes Grafana's dashboards and their guide of what people write in {@code dashboards/source}, and
 * checks them. {@code ./mvnw -q test -Dtest=DashboardFilesTest -Ddashboards.write=true} writes
 * them.
 */
package io.busyhour.dashboards;
