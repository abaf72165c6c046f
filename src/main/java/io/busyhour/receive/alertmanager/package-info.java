/** What Prometheus' Alertmanager notifies of: alerts that fire and are resolved. */
package io.busyhour.receive.alertmanager;
