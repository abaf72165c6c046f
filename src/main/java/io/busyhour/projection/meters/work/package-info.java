/** What background processes count: jobs and scaling. */
package io.busyhour.projection.meters.work;
