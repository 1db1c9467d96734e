"""SkyWalking's agent for Python."""

from app import told


def continuing(form):
    from skywalking import agent, config

    config.init(
        agent_name="app",
        agent_instance_name="app-1",
        agent_collector_backend_services="127.0.0.1:9",
        agent_log_reporter_active=False,
        agent_meter_reporter_active=False,
        agent_profile_active=False,
        agent_disable_plugins=["sw_http_server", "sw_http_client"],
    )
    agent.start()
    from skywalking.trace.carrier import Carrier
    from skywalking.trace.context import get_context

    def continued(received, ask):
        carrier = Carrier()
        for item in carrier:
            item.val = received.get(item.key, "")
        context = get_context()
        with context.new_entry_span("/serve", carrier=carrier) as server:
            with context.new_exit_span("/ask", peer="service2:80") as client:
                fields = {item.key: item.val for item in client.inject() if item.val}
                ask(fields)
                reference = server.refs[0] if getattr(server, "refs", None) else None
                parent = f"{reference.segment_id}:{reference.span_id}" if reference else ""
                segment = client.context.segment
                return told(str(segment.related_traces[0]), parent, f"{segment.segment_id}:{client.sid}", True)

    return continued
