/**
 * Who gives bytes one piece after the other, at least one. A piece is good until the next: its memory may be used again.
 *
 * @example
 * let checksum = 0;
 * file.pieces(0, file.size)((piece) => {
 *   checksum = zlib.crc32(piece, checksum);
 * });
 */
export type Pieces = (take: (piece: Uint8Array) => void) => void;

/**
 * How many bytes of a file or a tensor are in JavaScript's memory at a time. A tensor may be longer than any typed array: in Node 20 those
 * end at 4 GiB. A multiple of every element's size. Tests make it small.
 */
export const pieces = { bytes: 1 << 26 };

/** Bytes that are in memory, as pieces; not copied. */
export function inPieces(data: Uint8Array): Pieces {
  return (take) => {
    if (data.byteLength <= pieces.bytes) return take(data);
    for (let at = 0; at < data.byteLength; at += pieces.bytes) take(data.subarray(at, at + pieces.bytes));
  };
}

/** A copy of them all in memory. */
export function copyOfPieces(give: Pieces): Uint8Array[] {
  const copies: Uint8Array[] = [];
  give((piece) => copies.push(Uint8Array.from(piece)));
  return copies;
}
