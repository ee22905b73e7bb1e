/**
 * The bytes of a request's body, at most `limit` of them: what is longer is not read any further, whatever its
 * Content-Length says. Never rejects; `broken` when the body ends before it is whole.
 */
export async function readBody(request: Request, limit: number): Promise<Uint8Array | "too_large" | "broken"> {
  if (Number(request.headers.get("content-length") ?? 0) > limit) return "too_large";
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    // The reader is not cancelled where the body is too long: that would close the connection before the answer is sent.
    const reader = request.body?.getReader();
    for (let next = await reader?.read(); next?.done === false; next = await reader?.read()) {
      size += next.value.byteLength;
      if (size > limit) return "too_large";
      chunks.push(next.value);
    }
  } catch {
    return "broken";
  }
  return Buffer.concat(chunks);
}
