/// Tools for who looks after a server. Each asks a file in `operate/` and says first what is wrong;
/// [DatabaseHealth] judges what the others tell.
@NullMarked
package dev.drawbridge.gateway.tool.operate;

import org.jspecify.annotations.NullMarked;
