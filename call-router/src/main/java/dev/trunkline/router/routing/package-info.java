/** Decides where a call goes and records why: a pure function of call, trunk and directory. */
package dev.trunkline.router.routing;
