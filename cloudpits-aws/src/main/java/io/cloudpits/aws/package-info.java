/**
 * Will hold the implementations of CloudPITS's interfaces on EC2, CloudWatch and SQS; it holds nothing yet.
 */
@NullMarked
package io.cloudpits.aws;

import org.jspecify.annotations.NullMarked;
