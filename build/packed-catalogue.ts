import { brotliCompressSync } from "node:zlib";
import type { Plugin } from "esbuild";
import { catalogue } from "../dist/catalogue.ts";
import { cataloguePartsOf } from "./catalogue-parts.ts";

/**
 * Packs each part of the catalogue: mails repeat one layout, so they shrink to a tenth. A part is unpacked as the
 * function starts, in about a millisecond; one that it does not import is not in its bundle. All of it at once is not
 * exported: a function that asked for that could not be bundled.
 */
export const packedCatalogue: Plugin = {
  name: "packed-catalogue",
  setup({ onLoad }) {
    onLoad({ filter: /\/dist\/catalogue\.ts$/ }, () => ({ contents: packedModule(), loader: "js" }));
  },
};

function packedModule(): string {
  const parts = cataloguePartsOf(catalogue).map(([name, part]) => {
    const packed = brotliCompressSync(JSON.stringify(part)).toString("base64");
    return `export const ${name} = /* @__PURE__ */ unpacked("${packed}");`;
  });
  return [
    'import { brotliDecompressSync } from "node:zlib";',
    'const unpacked = (packed) => JSON.parse(brotliDecompressSync(Buffer.from(packed, "base64")).toString());',
    ...parts,
  ].join("\n");
}
