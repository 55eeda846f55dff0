package dev.trunkline.router.routing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.router.directory.CallRate;

/**
 * The defaults for every organisation that sets nothing else.
 *
 * @param config the lowest layer of the merged configuration
 */
public record SuiteDefaults(ObjectNode config, CallRate callerRate) {}
