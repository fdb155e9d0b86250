/// A small house that breaks every rule of the real one.
package dev.drawbridge.system.house.planted;
