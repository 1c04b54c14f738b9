/** What a record is: its types, its order, the layout in which a write travels, and how runs of records are walked. */
package org.avccdb.engine.keys;
