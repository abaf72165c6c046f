/** Who wants to hear of what, and where: the partners' subscriptions and their secrets. */
package io.busyhour.deliver.subscription;
