import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'

/** Of localhost and 127.0.0.1, good on 2020-01-01 only; made for this test with `openssl ca -startdate … -enddate …`. */
const CERT = `-----BEGIN CERTIFICATE-----
MIIBYjCCAQigAwIBAgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhv
c3QwHhcNMjAwMTAxMDAwMDAwWhcNMjAwMTAyMDAwMDAwWjAUMRIwEAYDVQQDDAls
b2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQq+YlxiAEnvJ1gAggT
0RG30sNPcUame6X4UIpwH+BB6FmhLPf8mfU2KOl+XO75Vhoib5sa9OFPEHKUAcHO
3Tuoo0swSTAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwDAYDVR0TBAUwAwEB
/zAdBgNVHQ4EFgQU9ZLYZW2bfjCqGxrxLUoxY//OcocwCgYIKoZIzj0EAwIDSAAw
RQIgZG0/AaviU8REHQS5U22JjSew8JZmHdXL95DMQUtpSXoCIQChBT+4E34yDwJ7
2z5O9Ndd2lTvjlgBVtuaeFYKxrupFA==
-----END CERTIFICATE-----`
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgVeNAyAnm8Y0+81/a
brt2JbUd5jF/1q5aDAmEdaoRmuahRANCAAQq+YlxiAEnvJ1gAggT0RG30sNPcUam
e6X4UIpwH+BB6FmhLPf8mfU2KOl+XO75Vhoib5sa9OFPEHKUAcHO3Tuo
-----END PRIVATE KEY-----`

/** Something on TLS whose certificate is too old. */
export async function startExpiredServer(): Promise<{ url: string; stop(): void }> {
  const server = createServer({ cert: CERT, key: KEY }, (_, response) => response.end())
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, stop: () => void server.close() }
}
