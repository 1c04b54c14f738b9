/** Pages that show what runs measured. */
package org.avccdb.bench.report;
