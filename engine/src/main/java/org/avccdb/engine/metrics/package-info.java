/** What the database counts, measures and reports about itself. */
package org.avccdb.engine.metrics;
