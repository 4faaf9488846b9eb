using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Plateau.Contracts;

namespace Plateau.Server.Hosting;

/// <summary>What the OpenAPI document says beyond what the routes say themselves: the key, the tenant header, the
/// errors.</summary>
internal static class OpenApiShape
{
    private static readonly (int Status, string Text)[] Errors =
    [
        (400, "The request is not valid; errors have JSON pointers."), (401, "A valid API key is needed."),
        (403, "The key may not do this."), (404, "There is no such thing here."), (429, "Too many requests."),
        (503, "Not at the moment."),
    ];

    public static void Configure(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Plateau", Version = "v1", Description = "A whole call centre: configuration, floor, actions, records.",
            };
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes["key"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key.",
            };
            document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("key", document)] = [] }];
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            Complete(operation, context);
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            Describe(schema, context.JsonTypeInfo);
            return Task.CompletedTask;
        });
    }

    private static void Complete(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var path = context.Description.RelativePath ?? string.Empty;
        var folder = path.Split('/').Skip(2).FirstOrDefault() ?? "api";
        operation.Tags = new HashSet<OpenApiTagReference> { new(folder.Split('.')[0], context.Document) };
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = ApiGate.TenantHeader, In = ParameterLocation.Header, Required = false,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            Description = "The tenant, for keys that open several.",
        });
        foreach (var name in RouteNames(path).Where(n => operation.Parameters.All(p => p.Name != n)))
        {
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = name, In = ParameterLocation.Path, Required = true,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }

        operation.Responses ??= [];
        foreach (var (status, text) in Errors)
        {
            operation.Responses.TryAdd(status.ToString(System.Globalization.CultureInfo.InvariantCulture), new OpenApiResponse
            {
                Description = text,
                Content = new Dictionary<string, OpenApiMediaType> { [ProblemWriter.MediaType] = new() },
            });
        }
    }

    private static IEnumerable<string> RouteNames(string path) => path.Split('/')
        .Where(p => p.StartsWith('{') && p.EndsWith('}')).Select(p => p[1..^1]);

    private static void Describe(OpenApiSchema schema, JsonTypeInfo contract)
    {
        var type = Nullable.GetUnderlyingType(contract.Type) ?? contract.Type;
        if (type == typeof(Instant))
        {
            schema.Type = JsonSchemaType.String;
            schema.Format = "date-time";
        }
        else if (type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IId<>)))
        {
            schema.Type = JsonSchemaType.String;
            schema.Pattern = "^[A-Za-z0-9._-]{1,64}$";
        }
    }
}
