// Bytes as text and back, and the two digests that a promise is checked with.
const utf8 = new TextEncoder();

export const hexOf = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export const fromHex = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));

export const fromBase64url = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

export const sha256 = async (data) => new Uint8Array(await crypto.subtle.digest("SHA-256", typeof data === "string" ? utf8.encode(data) : data));

// as rules/sealing.py seals a field of the manifest
export const sealed = async (salt, what, text) => {
  const key = await crypto.subtle.importKey("raw", salt, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return hexOf(new Uint8Array(await crypto.subtle.sign("HMAC", key, utf8.encode(`${what}\0${text}`))));
};

export const join = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));

export const textBytes = (text) => utf8.encode(text);
