/**
 * Will hold the performance history and the run journal on MySQL, MariaDB and embedded H2; it holds nothing yet.
 */
@NullMarked
package io.cloudpits.jdbc;

import org.jspecify.annotations.NullMarked;
