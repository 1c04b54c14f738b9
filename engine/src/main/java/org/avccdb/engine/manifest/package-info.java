/** Which tables make up the database: edits, the manifest that keeps them, versions, and what is no longer needed. */
package org.avccdb.engine.manifest;
