/**
 * Tests about the whole project: which part may use which, what only one class may do, and tidiness of every file. There
 * is nothing here besides the tests.
 */
package org.avccdb.checks;
