using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Plateau.Server.Storage;

/// <summary>The first tables. Written by hand; never changed once released, only followed by another.</summary>
[DbContext(typeof(TenantDb))]
[Migration("0001_Start")]
internal sealed class Migration0001Start : Migration
{
    private const int NameMax = 64;
    private const int EnumMax = 32;

    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        Calls(migrationBuilder);
        LegsAndSegments(migrationBuilder);
        Recordings(migrationBuilder);
        Queues(migrationBuilder);
        Agents(migrationBuilder);
        Facts(migrationBuilder);
        Settings(migrationBuilder);
        KeysAndAudit(migrationBuilder);
        Webhooks(migrationBuilder);
    }

    private static void Calls(MigrationBuilder m)
    {
        m.CreateTable("call_record", t => new
        {
            tenant = t.Column<string>(maxLength: NameMax),
            call = t.Column<string>(maxLength: NameMax),
            direction = t.Column<string>(maxLength: EnumMax),
            caller = t.Column<string>(),
            called = t.Column<string>(),
            language = t.Column<string>(),
            started = t.Column<long>(),
            answered = t.Column<long>(nullable: true),
            connected = t.Column<long>(nullable: true),
            ended = t.Column<long>(),
            cause = t.Column<string>(maxLength: EnumMax),
            ended_by = t.Column<string>(maxLength: EnumMax),
            queue = t.Column<string>(maxLength: NameMax, nullable: true),
            agent = t.Column<string>(maxLength: NameMax, nullable: true),
            wait_ms = t.Column<long>(),
            talk_ms = t.Column<long>(),
            flow = t.Column<string>(maxLength: NameMax, nullable: true),
            disposition = t.Column<string>(maxLength: NameMax, nullable: true),
            notes = t.Column<string>(nullable: true),
            json = t.Column<string>(),
        }, constraints: t => t.PrimaryKey("pk_call_record", r => new { r.tenant, r.call }));
        m.CreateIndex("ix_call_record_started", "call_record", ["tenant", "started"]);
        m.CreateIndex("ix_call_record_caller", "call_record", ["tenant", "caller", "started"]);
        m.CreateIndex("ix_call_record_agent", "call_record", ["tenant", "agent", "started"]);
        m.CreateIndex("ix_call_record_queue", "call_record", ["tenant", "queue", "started"]);
    }

    private static void LegsAndSegments(MigrationBuilder m)
    {
        m.CreateTable("leg", t => new
        {
            tenant = t.Column<string>(maxLength: NameMax),
            call = t.Column<string>(maxLength: NameMax),
            leg = t.Column<string>(maxLength: NameMax),
            role = t.Column<string>(maxLength: EnumMax),
            agent = t.Column<string>(maxLength: NameMax, nullable: true),
            trunk = t.Column<string>(maxLength: NameMax, nullable: true),
            party = t.Column<string>(),
            cause = t.Column<string>(maxLength: EnumMax),
            ended_by = t.Column<string>(maxLength: EnumMax),
            q850_cause = t.Column<int>(nullable: true),
            sip_status = t.Column<int>(nullable: true),
            codec = t.Column<string>(nullable: true),
            mos = t.Column<double>(nullable: true),
        }, constraints: t => t.PrimaryKey("pk_leg", r => new { r.tenant, r.call, r.leg }));
        m.CreateTable("segment", t => new
        {
            tenant = t.Column<string>(maxLength: NameMax),
            call = t.Column<string>(maxLength: NameMax),
            leg = t.Column<string>(maxLength: NameMax),
            n = t.Column<int>(),
            kind = t.Column<string>(maxLength: EnumMax),
            start = t.Column<long>(),
            end = t.Column<long>(),
            queue = t.Column<string>(maxLength: NameMax, nullable: true),
            agent = t.Column<string>(maxLength: NameMax, nullable: true),
            detail = t.Column<string>(nullable: true),
        }, constraints: t => t.PrimaryKey("pk_segment", r => new { r.tenant, r.call, r.leg, r.n }));
        m.CreateIndex("ix_segment_start", "segment", ["tenant", "start"]);
    }

    private static void Recordings(MigrationBuilder m)
    {
        m.CreateTable("recording", t => new
        {
            tenant = t.Column<string>(maxLength: NameMax),
            recording = t.Column<string>(maxLength: NameMax),
            call = t.Column<string>(maxLength: NameMax),
            started = t.Column<long>(),
            duration_ms = t.Column<long>(),
            path = t.Column<string>(),
            bytes = t.Column<long>(),
            sha256 = t.Column<string>(),
            is_message = t.Column<bool>(),
            removed = t.Column<long>(nullable: true),
        }, constraints: t => t.PrimaryKey("pk_recording", r => new { r.tenant, r.recording }));
        m.CreateIndex("ix_recording_call", "recording", ["tenant", "call"]);
        m.CreateIndex("ix_recording_started", "recording", ["tenant", "started"]);
    }

    private static void Queues(MigrationBuilder m)
    {
        m.CreateTable("queue_visit", t => new
        {
            tenant = t.Column<string>(maxLength: NameMax),
            call = t.Column<string>(maxLength: NameMax),
            n = t.Column<int>(),
            queue = t.Column<string>(maxLength: NameMax),
            entered = t.Column<long>(),
            left = t.Column<long>(),
            exit = t.Column<string>(maxLength: EnumMax),
            agent = t.Column<string>(maxLength: NameMax, nullable: true),
            position_at_entry = t.Column<int>(),
            estimated_wait_ms = t.Column<long>(nullable: true),
        }, constraints: t => t.PrimaryKey("pk_queue_visit", r => new { r.tenant, r.call, r.n }));
        m.CreateIndex("ix_queue_visit_entered", "queue_visit", ["tenant", "queue", "entered"]);
        m.CreateTable("offer", t => new
        {
            tenant = t.Column<string>(maxLength: NameMax),
            offer = t.Column<string>(maxLength: NameMax),
            call = t.Column<string>(maxLength: NameMax),
            queue = t.Column<string>(maxLength: NameMax),
            agent = t.Column<string>(maxLength: NameMax),
            made = t.Column<long>(),
            ended = t.Column<long>(),
            outcome = t.Column<string>(maxLength: EnumMax),
        }, constraints: t => t.PrimaryKey("pk_offer", r => new { r.tenant, r.offer }));
        m.CreateIndex("ix_offer_agent", "offer", ["tenant", "agent", "made"]);
        m.CreateTable("decision", t => new
        {
            tenant = t.Column<string>(maxLength: NameMax),
            ordinal = t.Column<long>(),
            call = t.Column<string>(maxLength: NameMax),
            queue = t.Column<string>(maxLength: NameMax),
            at = t.Column<long>(),
            offer = t.Column<string>(maxLength: NameMax, nullable: true),
            chosen = t.Column<string>(maxLength: NameMax, nullable: true),
            json = t.Column<string>(),
        }, constraints: t => t.PrimaryKey("pk_decision", r => new { r.tenant, r.ordinal }));
        m.CreateIndex("ix_decision_call", "decision", ["tenant", "call"]);
    }

    private static void Agents(MigrationBuilder m)
    {
        m.CreateTable("agent_interval", t => new
        {
            tenant = t.Column<string>(maxLength: NameMax),
            ordinal = t.Column<long>(),
            agent = t.Column<string>(maxLength: NameMax),
            login_started = t.Column<long>(),
            state = t.Column<string>(maxLength: EnumMax),
            reason = t.Column<string>(maxLength: NameMax, nullable: true),
            start = t.Column<long>(),
            end = t.Column<long>(),
            cause = t.Column<string>(maxLength: EnumMax),
            call = t.Column<string>(maxLength: NameMax, nullable: true),
            queue = t.Column<string>(maxLength: NameMax, nullable: true),
        }, constraints: t => t.PrimaryKey("pk_agent_interval", r => new { r.tenant, r.ordinal }));
        m.CreateIndex("ix_agent_interval_agent", "agent_interval", ["tenant", "agent", "start"]);
        m.CreateIndex("ix_agent_interval_start", "agent_interval", ["tenant", "start"]);
    }

    private static void Facts(MigrationBuilder m)
    {
        m.CreateTable("fact", t => new
        {
            tenant = t.Column<string>(maxLength: NameMax),
            sequence = t.Column<long>(),
            at = t.Column<long>(),
            type = t.Column<string>(),
            call = t.Column<string>(maxLength: NameMax, nullable: true),
            json = t.Column<string>(),
        }, constraints: t => t.PrimaryKey("pk_fact", r => new { r.tenant, r.sequence }));
        m.CreateIndex("ix_fact_at", "fact", ["tenant", "at"]);
        m.CreateIndex("ix_fact_call", "fact", ["tenant", "call"]);
        m.CreateTable("watermark", t => new
        {
            tenant = t.Column<string>(maxLength: NameMax),
            ordinal = t.Column<long>(),
            fact = t.Column<long>(),
        }, constraints: t => t.PrimaryKey("pk_watermark", r => r.tenant));
    }

    private static void Settings(MigrationBuilder m)
    {
        m.CreateTable("config_version", t => new
        {
            tenant = t.Column<string>(maxLength: NameMax),
            version = t.Column<int>(),
            at = t.Column<long>(),
            author = t.Column<string>(),
            comment = t.Column<string>(nullable: true),
            json = t.Column<string>(),
        }, constraints: t => t.PrimaryKey("pk_config_version", r => new { r.tenant, r.version }));
        m.CreateTable("prompt_audio", t => new
        {
            tenant = t.Column<string>(maxLength: NameMax),
            prompt = t.Column<string>(maxLength: NameMax),
            language = t.Column<string>(),
            path = t.Column<string>(),
            bytes = t.Column<long>(),
            sha256 = t.Column<string>(),
            duration_ms = t.Column<long>(),
            uploaded = t.Column<long>(),
            uploaded_by = t.Column<string>(),
        }, constraints: t => t.PrimaryKey("pk_prompt_audio", r => new { r.tenant, r.prompt, r.language }));
    }

    private static void KeysAndAudit(MigrationBuilder m)
    {
        m.CreateTable("api_key", t => new
        {
            tenant = t.Column<string>(maxLength: NameMax),
            key = t.Column<string>(),
            name = t.Column<string>(),
            secret_sha256 = t.Column<string>(),
            scopes = t.Column<string>(),
            created = t.Column<long>(),
            created_by = t.Column<string>(),
            expires = t.Column<long>(nullable: true),
            last_used = t.Column<long>(nullable: true),
            revoked = t.Column<long>(nullable: true),
        }, constraints: t => t.PrimaryKey("pk_api_key", r => new { r.tenant, r.key }));
        m.CreateTable("audit", t => new
        {
            tenant = t.Column<string>(maxLength: NameMax),
            id = t.Column<string>(),
            at = t.Column<long>(),
            actor = t.Column<string>(),
            address = t.Column<string>(),
            action = t.Column<string>(),
            subject = t.Column<string>(),
            detail = t.Column<string>(nullable: true),
        }, constraints: t => t.PrimaryKey("pk_audit", r => new { r.tenant, r.id }));
    }

    private static void Webhooks(MigrationBuilder m)
    {
        m.CreateTable("webhook", t => new
        {
            tenant = t.Column<string>(maxLength: NameMax),
            webhook = t.Column<string>(),
            url = t.Column<string>(),
            secret = t.Column<string>(),
            types = t.Column<string>(),
            is_enabled = t.Column<bool>(),
            created = t.Column<long>(),
            cursor = t.Column<long>(),
        }, constraints: t => t.PrimaryKey("pk_webhook", r => new { r.tenant, r.webhook }));
        m.CreateTable("webhook_delivery", t => new
        {
            tenant = t.Column<string>(maxLength: NameMax),
            webhook = t.Column<string>(),
            sequence = t.Column<long>(),
            state = t.Column<string>(maxLength: EnumMax),
            attempts = t.Column<int>(),
            next_attempt = t.Column<long>(),
            last_attempt = t.Column<long>(nullable: true),
            last_status = t.Column<int>(nullable: true),
            last_error = t.Column<string>(nullable: true),
            body = t.Column<string>(),
        }, constraints: t => t.PrimaryKey("pk_webhook_delivery", r => new { r.tenant, r.webhook, r.sequence }));
        m.CreateIndex("ix_webhook_delivery_due", "webhook_delivery", ["tenant", "state", "next_attempt"]);
    }
}
