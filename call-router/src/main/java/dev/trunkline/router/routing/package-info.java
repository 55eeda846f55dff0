/** Decides where a call goes and writes down why: a pure function of call, trunk and directory. */
package dev.trunkline.router.routing;
