/** Contract tests: an implementation of an interface proves itself by inheriting the interface's contract. */
package io.cloudpits.api.contract;
