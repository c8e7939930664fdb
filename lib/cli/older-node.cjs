// Prisma's command needs two things that came with Node 20.12 and 20.19; `prisma generate`, all we use of it,
// needs neither for its work. Loaded before tools with --require; on newer Node it changes nothing.
const Module = require("node:module");
const util = require("node:util");

// Color are left out.
util.styleText ??= (_format, text) => text;

// Modules that cannot be required here belong to commands we do not run: using one says so.
const load = Module._load;
Module._load = function loadOrExplain(request, ...rest) {
  try {
    return load.call(this, request, ...rest);
  } catch (error) {
    if (error.code !== "ERR_REQUIRE_ESM") throw error;
    const explain = () => {
      throw new Error(`${request} needs Node 20.19 or later.`);
    };
    return new Proxy(explain, { get: () => explain });
  }
};
