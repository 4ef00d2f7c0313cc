/**
 * Proves contracts by running Pact: what consumers need of messages (`messagePact`), what producers send (`httpPact`),
 * and whether each side's code keeps what the other one's pact says (`verifyProducer`, `verifyConsumer`).
 */

export type { Broker } from './broker.js';
export { ContractBroken } from './contract-broken.js';
export {
  type HttpPact,
  httpPact,
  type ReceiverCredentials,
  type RequestExpectation,
} from './http-pact.js';
export {
  type Expectation,
  type ExpectedDelivery,
  type MessageExpectation,
  type MessagePact,
  messagePact,
  type PactOptions,
} from './message-pact.js';
export type { AnyMessage, NameOf, PayloadOf } from './message-types.js';
export { type Each, each, type Needs, needed } from './needs.js';
export type { SenderCredentials } from './sender-credentials.js';
export type { JsonValue, State } from './state.js';
export type { StateHandlers } from './state-handlers.js';
export type { Verified } from './verification.js';
export { type ConsumerOptions, verifyConsumer } from './verify-consumer.js';
export {
  type Produced,
  type ProducerOptions,
  type Producers,
  type Producing,
  verifyProducer,
} from './verify-producer.js';
