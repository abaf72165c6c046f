/** Who delivers what and when: workers, the endpoints' states, retries and results. */
package io.busyhour.deliver.work;
