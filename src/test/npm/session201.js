// A whole OCPP 2.0.1 session by ocpp-rpc in strict mode: every message of either side is validated
// against the schemas that ocpp-rpc ships. Prints what came back as one line of JSON.
//
//   node session201.js ws://127.0.0.1:9000/ocpp/ CP000002 TAG00002
'use strict';

const { randomUUID } = require('node:crypto');
const { RPCClient } = require('ocpp-rpc');

const [endpoint, identity, token] = process.argv.slice(2);
const MINUTES = 10;
const STEP_WH = 840;
const started = Date.now() - MINUTES * 60_000;

function at(minute) {
  return new Date(started + minute * 60_000 - (minute === MINUTES ? 5_000 : 0)).toISOString();
}

function meterValue(minute, context) {
  return {
    timestamp: at(minute),
    sampledValue: [
      {
        value: 5_000 + minute * STEP_WH,
        context,
        measurand: 'Energy.Active.Import.Register',
        location: 'Outlet',
        unitOfMeasure: { unit: 'Wh' },
      },
      { value: STEP_WH * 60, context, measurand: 'Power.Active.Import', unitOfMeasure: { unit: 'W' } },
    ],
  };
}

function event(type, minute, seqNo, trigger, context, more = {}, info = {}) {
  return {
    eventType: type,
    timestamp: at(minute),
    triggerReason: trigger,
    seqNo,
    transactionInfo: { transactionId, ...info },
    evse: { id: 1, connectorId: 1 },
    meterValue: [meterValue(minute, context)],
    ...more,
  };
}

const transactionId = randomUUID();
const idToken = { idToken: token, type: 'ISO14443' };

async function main() {
  const client = new RPCClient({
    endpoint: endpoint.replace(/\/$/, ''),
    identity,
    protocols: ['ocpp2.0.1'],
    strictMode: true,
    reconnect: false,
    callTimeoutMs: 20_000,
  });
  await client.connect();
  const boot = await client.call('BootNotification', {
    reason: 'PowerUp',
    chargingStation: { vendorName: 'ocpp-rpc', model: 'Independent' },
  });
  await client.call('StatusNotification', {
    timestamp: at(0),
    connectorStatus: 'Occupied',
    evseId: 1,
    connectorId: 1,
  });
  const stranger = await client.call('Authorize', {
    idToken: { idToken: 'NOBODY', type: 'ISO14443' },
  });
  await client.call('Authorize', { idToken });
  const begun = await client.call(
    'TransactionEvent',
    event('Started', 0, 0, 'Authorized', 'Transaction.Begin', { idToken }, { chargingState: 'Charging' }),
  );
  for (let minute = 1; minute < MINUTES; minute++) {
    await client.call(
      'TransactionEvent',
      event('Updated', minute, minute, 'MeterValuePeriodic', 'Sample.Periodic'),
    );
  }
  const ended = await client.call(
    'TransactionEvent',
    event('Ended', MINUTES, MINUTES, 'StopAuthorized', 'Transaction.End', { idToken }, {
      chargingState: 'EVConnected',
      stoppedReason: 'Local',
    }),
  );
  await client.call('Heartbeat', {});
  await client.close();
  console.log(
    JSON.stringify({
      boot: boot.status,
      stranger: stranger.idTokenInfo.status,
      started: begun.idTokenInfo.status,
      totalCost: ended.totalCost,
      transactionId,
    }),
  );
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
