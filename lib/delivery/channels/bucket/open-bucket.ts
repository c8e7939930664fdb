import { createHash } from "node:crypto";
import http from "node:http";
import https from "node:https";
import { pipeline, Readable, Transform } from "node:stream";
import type { S3Client } from "@aws-sdk/client-s3";
import type { NodeHttpHandler } from "@smithy/node-http-handler";
import { guardedLookup, refuseInner } from "../../../platform/outbound/address";
import { codeOf, explain, isMissing } from "./errors";

/**
 * A bucket of S3 or of what speaks like it, by Amazon's own library. Connections
 * go through the guard that webhooks go through, nothing is retried here, no
 * redirect is followed, and no answer is read without an end.
 */

export interface BucketPlace {
  /** Where the service is, without the bucket. */
  endpoint: string;
  region: string;
  bucket: string;
  /** Host names that may lead into a network of one's own. */
  allowed: readonly string[];
}

export interface BucketKey {
  accessKeyId: string;
  secretAccessKey: string;
}

/** How a file is to be served. */
export interface ObjectHeaders {
  type: string;
  cache?: string;
  encoding?: string;
}

/** Bytes of one answer that are read, unless a caller says otherwise. */
const MOST_ANSWER = 64 * 1024;
const SOCKETS = 16;

/** What is thrown in the middle of reading an answer is no answer of the bucket. */
class NotABucket extends Error {}

/** Ends an answer that is longer than it may be. */
function limited(body: NodeJS.ReadableStream, most: number): Transform {
  let size = 0;
  const limit = new Transform({
    transform(chunk: Buffer, _, done) {
      size += chunk.length;
      if (size > most) done(new NotABucket(`The answer is longer than ${Math.floor(most / 1024)} KB.`));
      else done(null, chunk);
    },
  });
  pipeline(body, limit, () => undefined);
  return limit;
}

async function collect(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export class Bucket {
  /** Bytes of an answer that are read. */
  private most = MOST_ANSWER;

  private constructor(
    private readonly sdk: typeof import("@aws-sdk/client-s3"),
    private readonly client: S3Client,
    private readonly name: string,
    private readonly end: () => void,
  ) {}

  /** @throws Refused when the address is one that nobody allowed */
  static async open({ endpoint, region, bucket, allowed }: BucketPlace, key: BucketKey): Promise<Bucket> {
    refuseInner(new URL(endpoint), allowed);
    // Loaded when it is used: most sites have no bucket.
    const [sdk, { NodeHttpHandler }] = await Promise.all([
      import("@aws-sdk/client-s3"),
      import("@smithy/node-http-handler"),
    ]);
    const options = { keepAlive: true, maxSockets: SOCKETS, lookup: guardedLookup(allowed) };
    const agents = [new http.Agent(options), new https.Agent(options)] as const;
    const inner = new NodeHttpHandler({ httpAgent: agents[0], httpsAgent: agents[1] });
    const opened: { bucket: Bucket | null } = { bucket: null };
    const client = new sdk.S3Client({
      endpoint,
      region,
      credentials: key,
      // The bucket in the path, so that the host is the one that was entered, and that its certificate names.
      forcePathStyle: true,
      // Pauses between tries are the worker's business.
      maxAttempts: 1,
      retryMode: "standard",
      defaultsMode: "standard",
      followRegionRedirects: false,
      // Newer sums are not known to all services; Content-MD5, which we send, is.
      requestChecksumCalculation: "WHEN_REQUIRED",
      responseChecksumValidation: "WHEN_REQUIRED",
      requestHandler: {
        updateHttpClientConfig: (key: never, value: never) => inner.updateHttpClientConfig(key, value),
        httpHandlerConfigs: () => inner.httpHandlerConfigs(),
        handle: async (...[request, given]: Parameters<NodeHttpHandler["handle"]>) => {
          const { response } = await inner.handle(request, given);
          const body = limited(response.body as NodeJS.ReadableStream, opened.bucket?.most ?? MOST_ANSWER);
          if (request.method === "PUT" && response.statusCode < 300) {
            // The library does not look into what came with success. A bucket names the file's tag, and says nothing more.
            const said = (await collect(body)).toString("utf8");
            if (/<error\b/i.test(said) || !response.headers.etag) {
              throw new NotABucket(
                `Answered ${response.statusCode}, but not as a bucket does${said ? `: ${said.slice(0, 200)}` : ""}.`,
              );
            }
            response.body = Readable.from([Buffer.from(said)]);
          } else response.body = body;
          return { response };
        },
      },
    });
    const end = () => {
      client.destroy();
      for (const agent of agents) agent.destroy();
    };
    return (opened.bucket = new Bucket(sdk, client, bucket, end));
  }

  /**
   * Puts one file.
   * @param options.once refuses to write over one that is there, where the service knows how to
   * @returns false when one was there already
   */
  async put(
    name: string,
    bytes: Uint8Array,
    { type, cache, encoding }: ObjectHeaders,
    { signal, once = false }: { signal: AbortSignal; once?: boolean },
  ): Promise<boolean> {
    const input = {
      Bucket: this.name,
      Key: name,
      Body: bytes,
      ContentLength: bytes.length,
      ContentMD5: createHash("md5").update(bytes).digest("base64"),
      ContentType: type,
      ...(cache ? { CacheControl: cache } : {}),
      ...(encoding ? { ContentEncoding: encoding } : {}),
    };
    const send = (more: { IfNoneMatch?: string }) =>
      this.client.send(new this.sdk.PutObjectCommand({ ...input, ...more }), { abortSignal: signal });
    return this.ask(signal, async () => {
      try {
        await send(once ? { IfNoneMatch: "*" } : {});
        return true;
      } catch (error) {
        const code = codeOf(error);
        if (once && code === "HTTP 412") return false;
        // A service that does not know the condition: the same bytes under the same name do no harm.
        if (!once || code !== "HTTP 501") throw error;
        await send({});
        return true;
      }
    });
  }

  /** @returns null when there is no such file */
  async get(name: string, most: number, signal: AbortSignal): Promise<Buffer | null> {
    this.most = Math.max(this.most, most);
    return this.ask(signal, async () => {
      try {
        const command = new this.sdk.GetObjectCommand({ Bucket: this.name, Key: name });
        const { Body } = await this.client.send(command, { abortSignal: signal });
        return await collect(Body as unknown as AsyncIterable<Uint8Array>);
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    });
  }

  /** Removes a file; one that is not there is no error. */
  async remove(name: string, signal: AbortSignal): Promise<void> {
    await this.ask(signal, async () => {
      await this.client.send(new this.sdk.DeleteObjectCommand({ Bucket: this.name, Key: name }), {
        abortSignal: signal,
      });
    });
  }

  close(): void {
    this.end();
  }

  /** Says what went wrong for people, and that time ran out when it did. */
  private async ask<Value>(signal: AbortSignal, run: () => Promise<Value>): Promise<Value> {
    try {
      return await run();
    } catch (error) {
      if (signal.aborted) throw signal.reason as Error;
      throw explain(error);
    }
  }
}
