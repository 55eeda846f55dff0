/** A flat store of objects by key, in a folder or in an S3 bucket. A library with nothing specific to Trunkline. */
package dev.trunkline.store;
