/// What a team defines itself, in files of a folder or over REST: tools, resources, prompts.
@NullMarked
package dev.drawbridge.gateway.own;

import org.jspecify.annotations.NullMarked;
