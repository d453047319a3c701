# An app in a language of which Node.js knows nothing: no App calls a hook.
cat > "$CDK_OUTDIR/Shop.template.json" <<'END'
{
  "Resources": {
    "Web": {
      "Type": "AWS::ElasticLoadBalancingV2::Listener",
      "Properties": { "Protocol": "HTTP", "Port": 80, "DefaultActions": [{ "Type": "forward" }] }
    }
  }
}
END
cat > "$CDK_OUTDIR/manifest.json" <<'END'
{
  "version": "55.0.0",
  "artifacts": {
    "Shop": { "type": "aws:cloudformation:stack", "properties": { "templateFile": "Shop.template.json" } }
  }
}
END
