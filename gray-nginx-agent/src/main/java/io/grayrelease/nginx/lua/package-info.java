/** Drives an Nginx that has Lua, without reloads: start at {@link io.grayrelease.nginx.lua.LuaDriver}. */
package io.grayrelease.nginx.lua;
