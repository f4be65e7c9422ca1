"""Runs the emulator until whoever started this is gone."""

import os
import signal
import sys
import threading

from ministack import app
from ministack.services import eventbridge


def end_with_starter():
    # Standard input ends with the process that holds its other end, whatever ended that one.
    sys.stdin.buffer.read()
    os.killpg(0, signal.SIGKILL)


threading.Thread(target=end_with_starter, daemon=True).start()

# As on AWS, nobody but a service may put an event that says `aws.…`. In this test the project's own local SES
# stands for SES: the emulator's loses headers and tags, and has no events.
put_events = eventbridge._put_events
eventbridge._put_events = lambda data: put_events(data, allow_aws_source=True)

sys.argv = ["ministack"]
app.main()
