using Plateau.Contracts;
using Plateau.Sip.Transactions;

namespace Plateau.Tests.Sip.Transactions;

public sealed class TransactionTests
{
    private static readonly SipTimers Timers = SipTimers.Standard;

    [Fact]
    public void An_invite_nobody_hears_is_sent_seven_times_and_given_up_after_32_seconds() =>
        TransactionScenario.Run(new InviteClientTransaction(Timers, isReliable: false), """
            at     input     state       effect
            0.0    Start     Calling     Send
            0.4    Tick      Calling     -
            0.5    Tick      Calling     Send
            1.5    Tick      Calling     Send
            3.5    Tick      Calling     Send
            7.5    Tick      Calling     Send
            15.5   Tick      Calling     Send
            31.5   Tick      Calling     Send
            32.0   Tick      Terminated  ReportTimeout
            33.0   Success   Terminated  -              // too late: the endpoint answers a stray 2xx itself
            """);

    [Fact]
    public void An_invite_over_a_stream_is_sent_once_and_given_up_after_32_seconds() =>
        TransactionScenario.Run(new InviteClientTransaction(Timers, isReliable: true), """
            at     input     state       effect
            0.0    Start     Calling     Send
            31.9   Tick      Calling     -
            32.0   Tick      Terminated  ReportTimeout
            """);

    [Fact]
    public void A_provisional_response_ends_the_retransmission_of_an_invite() =>
        TransactionScenario.Run(new InviteClientTransaction(Timers, isReliable: false), """
            at     input        state       effect
            0.0    Start        Calling     Send
            0.2    Provisional  Proceeding  Deliver
            0.5    Tick         Proceeding  -
            40.0   Tick         Proceeding  -          // a telephone may ring longer than timer B
            60.0   Provisional  Proceeding  Deliver
            61.0   Failure      Completed   SendAck+Deliver
            61.5   Failure      Completed   SendAck    // our ACK was lost
            62.0   Provisional  Completed   -          // reordered
            92.9   Tick         Completed   -
            93.0   Tick         Terminated  -          // timer D
            """);

    [Fact]
    public void Each_2xx_of_a_forked_invite_reaches_the_user_until_timer_M() =>
        TransactionScenario.Run(new InviteClientTransaction(Timers, isReliable: false), """
            at     input     state       effect
            0.0    Start     Calling     Send
            1.0    Success   Accepted    Deliver
            1.5    Success   Accepted    Deliver
            2.0    Failure   Accepted    -
            32.9   Tick      Accepted    -
            33.0   Tick      Terminated  -
            """);

    [Fact]
    public void A_broken_connection_ends_an_unanswered_invite() =>
        TransactionScenario.Run(new InviteClientTransaction(Timers, isReliable: true), """
            at     input             state       effect
            0.0    Start             Calling     Send
            0.1    TransportFailure  Terminated  ReportTransportFailure
            """);

    [Fact]
    public void A_refused_invite_over_a_stream_is_acknowledged_and_forgotten() =>
        TransactionScenario.Run(new InviteClientTransaction(Timers, isReliable: true), """
            at     input     state       effect
            0.0    Start     Calling     Send
            0.1    Failure   Terminated  SendAck+Deliver
            """);

    [Fact]
    public void A_request_nobody_hears_is_sent_eleven_times_at_intervals_that_stop_growing_at_T2() =>
        TransactionScenario.Run(new NonInviteClientTransaction(Timers, isReliable: false), """
            at     input     state       effect
            0.0    Start     Trying      Send
            0.5    Tick      Trying      Send
            1.5    Tick      Trying      Send
            3.5    Tick      Trying      Send
            7.5    Tick      Trying      Send
            11.5   Tick      Trying      Send
            15.5   Tick      Trying      Send
            19.5   Tick      Trying      Send
            23.5   Tick      Trying      Send
            27.5   Tick      Trying      Send
            31.5   Tick      Trying      Send
            32.0   Tick      Terminated  ReportTimeout
            """);

    [Fact]
    public void A_provisional_response_slows_the_retransmission_of_a_request_to_T2() =>
        TransactionScenario.Run(new NonInviteClientTransaction(Timers, isReliable: false), """
            at     input        state       effect
            0.0    Start        Trying      Send
            0.1    Provisional  Proceeding  Deliver
            0.5    Tick         Proceeding  -
            4.1    Tick         Proceeding  Send
            8.1    Tick         Proceeding  Send
            9.0    Success      Completed   Deliver
            9.1    Success      Completed   -          // the retransmission is not delivered twice
            14.0   Tick         Terminated  -          // timer K
            """);

    [Fact]
    public void A_broken_connection_ends_an_unanswered_request() =>
        TransactionScenario.Run(new NonInviteClientTransaction(Timers, isReliable: true), """
            at     input             state       effect
            0.0    Start             Trying      Send
            0.1    TransportFailure  Terminated  ReportTransportFailure
            """);

    [Fact]
    public void A_refusal_is_repeated_until_the_ACK_comes() =>
        TransactionScenario.Run(new InviteServerTransaction(Timers, isReliable: false), """
            at     input            state       effect
            0.0    SendProvisional  Proceeding  Send
            0.5    Request          Proceeding  Send     // repeats the last provisional
            1.0    SendFailure      Completed   Send
            1.5    Tick             Completed   Send     // timer G
            2.0    Request          Completed   Send
            2.5    Tick             Completed   Send
            4.5    Tick             Completed   Send
            8.5    Tick             Completed   Send     // G has reached T2
            9.0    Ack              Confirmed   -
            9.5    Request          Confirmed   -
            9.6    Ack              Confirmed   -
            14.0   Tick             Terminated  -        // timer I
            """);

    [Fact]
    public void A_refusal_that_is_never_acknowledged_is_reported_after_32_seconds() =>
        TransactionScenario.Run(new InviteServerTransaction(Timers, isReliable: true), """
            at     input        state       effect
            0.0    SendFailure  Completed   Send
            31.9   Tick         Completed   -
            32.0   Tick         Terminated  ReportTimeout
            """);

    [Fact]
    public void An_accepted_invite_absorbs_retransmissions_until_timer_L() =>
        TransactionScenario.Run(new InviteServerTransaction(Timers, isReliable: false), """
            at     input        state       effect
            0.0    SendSuccess  Accepted    Send
            0.4    Request      Accepted    -
            0.5    SendSuccess  Accepted    Send        // the user repeats its 2xx
            0.6    SendFailure  Accepted    -           // a CANCEL that lost the race
            0.7    Ack          Accepted    Deliver
            32.0   Tick         Terminated  -
            """);

    [Fact]
    public void A_final_response_is_repeated_for_each_retransmission_until_timer_J() =>
        TransactionScenario.Run(new NonInviteServerTransaction(Timers, isReliable: false), """
            at     input        state       effect
            0.0    Request      Trying      -
            0.5    Request      Trying      -
            1.0    SendSuccess  Completed   Send
            1.5    Request      Completed   Send
            2.0    SendFailure  Completed   -
            33.0   Tick         Terminated  -
            """);

    [Fact]
    public void A_request_its_user_never_answers_is_given_up_when_the_client_has_stopped_waiting() =>
        TransactionScenario.Run(new NonInviteServerTransaction(Timers, isReliable: false), """
            at     input            state       effect
            0.0    Request          Trying      -
            1.0    SendProvisional  Proceeding  Send
            1.5    Request          Proceeding  Send
            32.0   Tick             Terminated  ReportTimeout
            """);

    [Fact]
    public void Deadlines_come_back_in_order_however_they_are_set_moved_and_removed()
    {
        for (ulong seed = 1; seed <= 50; seed++)
        {
            var chance = new Prng(seed);
            var heap = new Deadlines();
            var model = new Dictionary<Deadline, Instant>();
            var all = Enumerable.Range(0, 40).Select(_ => new Deadline(new Nobody())).ToArray();
            for (var step = 0; step < 400; step++)
            {
                var one = all[chance.NextBelow(all.Length)];
                if (chance.NextBelow(4) == 0)
                {
                    heap.Remove(one);
                    model.Remove(one);
                    continue;
                }

                var at = new Instant(chance.NextBelow(100));
                heap.Set(one, at);
                model[one] = at;
            }

            Assert.Equal(model.Count, heap.Count);
            var taken = new List<Instant>();
            while (heap.TakeDue(new Instant(1000)) is { } due)
            {
                taken.Add(model[due]);
            }

            Assert.Equal(model.Values.Order(), taken);
        }
    }

    private sealed class Nobody : IDeadlineOwner
    {
        public void DeadlineReached(Instant now)
        {
        }
    }
}
