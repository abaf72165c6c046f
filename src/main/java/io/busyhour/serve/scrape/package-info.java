/**
 * {@code GET /metrics}: Busyhour's families and Helidon's own scopes in one answer, each once, in
 * the formats that Prometheus asks for.
 */
package io.busyhour.serve.scrape;
